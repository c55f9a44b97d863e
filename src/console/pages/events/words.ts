import { catalogue } from '../../i18n/words.ts';

export const words = catalogue(
  {
    title: 'Events',
    about: 'What has happened in the last 90 days, the newest first.',
    type: 'Type',
    at: 'When',
    subject: 'About',
    region: 'Region',
    data: 'More',
    typeFilter: 'Type, such as snapshot.accomplished',
    subjectFilter: 'Id, such as d-…',
    empty: 'Nothing has happened yet',
    noMatch: 'No event matches',
    clear: 'Clear the filters',
  },
  {
    title: '事件',
    about: '最近 90 天内发生的事件，最新的在前。',
    type: '类型',
    at: '时间',
    subject: '对象',
    region: '地域',
    data: '详情',
    typeFilter: '类型，例如 snapshot.accomplished',
    subjectFilter: '编号，例如 d-…',
    empty: '还没有事件',
    noMatch: '没有匹配的事件',
    clear: '清除筛选',
  },
);
